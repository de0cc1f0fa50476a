"""A child process that can be limited and killed, for what strangers wrote: files and queries.

The parent side is :mod:`rte_graph.worker.parent`, the child's :mod:`rte_graph.worker.inside`. They speak in
frames (:mod:`rte_graph.worker.frames`) through pipes: a request, then if need be data, one way; a header,
data and an end, or an error, the other way.

The parent::

    POOL = Pool("rte_graph.sparql.child")          # children are kept for the next request

    answer = POOL.ask({"text": "SELECT …"}, seconds=30, explain=sentence_for_a_death, data=chunks)
    with answer:                                   # leaving early kills the child
        columns = answer.header["columns"]
        for chunk in answer:                       # bytes, as the child sent them
            ...
    answer.summary                                 # what came with the end

The child, ``rte_graph/sparql/child.py``, started by ``python -P -m rte_graph.sparql.child``::

    def handle(task: Task) -> None:
        store = Store.read_only(task.request["folder"])         # opens what it needs
        confine(memory_bytes=task.request["memory"], seconds=task.request["seconds"], files=True)
        task.header({"columns": [...]})
        for line in lines(store):
            task.send(line)
        task.end({"rows": 12})

    if __name__ == "__main__":
        serve(handle)

What is promised, on Linux: the child cannot use more memory than it was given, write a file, leave a core,
or open a socket, nor a file unless it says that it needs to; it dies when its time is over, when the answer
is left and when the parent ends, however it ends. macOS does not enforce RLIMIT_AS, so the memory is not
limited there, and a child that needs files could open sockets. Windows has no such limits at all: a child is
refused in a sentence (:func:`rte_graph.worker.parent.available`).
What is not promised: protection from a flaw of the parser or the engine that would run foreign code.
"""
