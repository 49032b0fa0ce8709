package io.github.mlmaven.serving.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The short way of one event loop: its jobs run on it, when all requests that have arrived with them are read. Those
 * are merged, and no thread waits for another. For that event loop alone: its lists are not synchronised.
 */
final class TurnLane {

    private final Runs runs;
    private final int maxRows;
    private List<Job> waiting = new ArrayList<>();
    private List<Job> spare = new ArrayList<>();

    TurnLane(Runs runs, int maxRows) {
        this.runs = runs;
        this.maxRows = maxRows;
    }

    void add(Job job, Executor turn) {
        waiting.add(job);
        if (waiting.size() == 1) {
            turn.execute(this::flush);
        }
    }

    private void flush() {
        List<Job> jobs = waiting;
        waiting = spare;
        try {
            run(jobs);
        } finally {
            jobs.clear();
            spare = jobs;
        }
    }

    private void run(List<Job> jobs) {
        for (int start = 0; start < jobs.size(); ) {
            int end = start + 1;
            long rows = jobs.get(start).rows;
            while (end < jobs.size()
                    && rows + jobs.get(end).rows <= maxRows
                    && jobs.get(end).mergesWith(jobs.get(start))) {
                rows += jobs.get(end).rows;
                end++;
            }
            runs.run(jobs.subList(start, end));
            start = end;
        }
    }
}
