"""The scripts that shells read: each hands the line to ``rte-graph`` and offers what it answers.

An answer is one line a candidate: its kind, a tab, what to write, a tab, and a few words about it. The kind
is ``word``, ``part`` (no space after it), ``file`` or ``folder`` (which the shell knows how to complete).
"""

from __future__ import annotations

# bash 3.2, which macOS still has, knows neither compopt nor nosort: there a space follows « alliance= » too.
BASH = r"""
_rte_graph_completion() {
    local IFS=$'\n' candidate kind
    COMPREPLY=()
    while IFS= read -r candidate; do
        kind=${candidate%%$'\t'*}
        candidate=${candidate#*$'\t'}
        candidate=${candidate%%$'\t'*}
        case $kind in
            word) COMPREPLY+=("$candidate") ;;
            part)
                COMPREPLY+=("$candidate")
                compopt -o nospace 2>/dev/null
                ;;
            file) compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$2")) ;;
            folder) compopt -o dirnames 2>/dev/null || COMPREPLY=($(compgen -d -- "$2")) ;;
        esac
    done <<< "$(_RTE_GRAPH_COMPLETE=bash _RTE_GRAPH_LINE="${COMP_LINE:0:$COMP_POINT}" \
        _RTE_GRAPH_BREAKS="$COMP_WORDBREAKS" "${1/#\~/$HOME}" 2>/dev/null)"
}

complete -o nosort -F _rte_graph_completion rte-graph 2>/dev/null ||
    complete -F _rte_graph_completion rte-graph
"""

ZSH = r"""#compdef rte-graph

_rte_graph_completion() {
    local -a words_offered words_shown parts_offered parts_shown fields
    local candidate line
    line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
    for candidate in "${(@f)$(_RTE_GRAPH_COMPLETE=zsh _RTE_GRAPH_LINE="$line" \
            _RTE_GRAPH_QUOTE="$QIPREFIX" "${(Q)words[1]/#\~/$HOME}" 2>/dev/null)}"; do
        fields=("${(@ps:\t:)candidate}")
        case $fields[1] in
            word)
                words_offered+=("$fields[2]")
                words_shown+=("$fields[3]")
                ;;
            part)
                parts_offered+=("$fields[2]")
                parts_shown+=("$fields[3]")
                ;;
            file)
                compset -P '--*='
                _files
                ;;
            folder)
                compset -P '--*='
                _files -/
                ;;
        esac
    done
    (( $#words_offered )) && compadd -U -Q -l -V rte-graph -d words_shown -a words_offered
    (( $#parts_offered )) && compadd -U -Q -l -V rte-graph -S '' -d parts_shown -a parts_offered
    return 0
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _rte_graph_completion "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _rte_graph_completion rte-graph
fi
"""

FISH = r"""
function __rte_graph_completion
    set -l line (commandline -cp | string collect)
    set -l option (string match -r '^--[^=]*=' -- (commandline -ct))
    set -l path (string replace -r '^--[^=]*=' '' -- (commandline -ct))
    set -l program (string replace -r '^~' $HOME -- (commandline -opc)[1])
    for candidate in (env _RTE_GRAPH_COMPLETE=fish _RTE_GRAPH_LINE="$line" $program 2>/dev/null)
        set -l fields (string split \t -- $candidate)
        switch $fields[1]
            case word part
                printf '%s\t%s\n' $fields[2] "$fields[3]"
            case file
                for each in (__fish_complete_path "$path")
                    echo "$option$each"
                end
            case folder
                for each in (__fish_complete_directories "$path")
                    echo "$option$each"
                end
        end
    end
end

complete --command rte-graph --no-files --arguments '(__rte_graph_completion)'
"""
