// The editor: what assets/ask/editor.js uses of CodeMirror, as window.RTE_EDITOR.
import {
  acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, completionStatus,
  currentCompletions, startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, undo } from "@codemirror/commands";
import {
  HighlightStyle, StreamLanguage, bracketMatching, indentOnInput, syntaxHighlighting,
} from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap,
  lineNumbers, placeholder,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

window.RTE_EDITOR = {
  Annotation, Compartment, EditorState, EditorView, HighlightStyle, StreamLanguage, acceptCompletion,
  autocompletion, bracketMatching, closeBrackets, closeBracketsKeymap, completionKeymap, completionStatus,
  currentCompletions, defaultKeymap, drawSelection, highlightActiveLine, highlightActiveLineGutter,
  highlightSelectionMatches, highlightSpecialChars, history, historyKeymap, indentLess, indentMore,
  indentOnInput, keymap, lineNumbers, lintGutter, lintKeymap, placeholder, search, searchKeymap,
  setDiagnostics, sparql, startCompletion, syntaxHighlighting, tags, undo,
};
