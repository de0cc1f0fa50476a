// Starts what the page holds: the query page, or the live form of a saved query's page.
window.rteAsk = { engine: rteEngine, saved: rteSaved, load: rteLoad, start: rteStart, read: rteReadQueries, word: rteWords };
