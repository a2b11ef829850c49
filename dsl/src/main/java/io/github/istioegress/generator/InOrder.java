package io.github.istioegress.generator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Works on several things at once and takes what comes of them in the order in which they were
 * given, as if one had been done after the other. Only a few wait at a time.
 */
final class InOrder<T> implements AutoCloseable {

  private static final int WAITING_FOR_EACH = 3;

  private final ExecutorService workers;
  private final int most;
  private final Consumer<T> taken;
  private final Deque<Future<T>> waiting = new ArrayDeque<>();

  /**
   * Nothing given yet.
   *
   * @param workers how many are worked on at once
   * @param taken takes each result, in the thread that gives
   */
  InOrder(int workers, Consumer<T> taken) {
    this.workers =
        Executors.newFixedThreadPool(
            workers,
            work -> {
              Thread thread = new Thread(work, "istio-egress part");
              thread.setDaemon(true);
              return thread;
            });
    this.most = workers * WAITING_FOR_EACH;
    this.taken = taken;
  }

  /**
   * Gives work; takes results where too many wait.
   *
   * @throws RuntimeException what earlier work threw
   */
  void give(Callable<T> work) {
    waiting.add(workers.submit(work));
    while (waiting.size() > most || (!waiting.isEmpty() && waiting.element().isDone())) {
      take();
    }
  }

  /**
   * Takes all results that are not taken yet.
   *
   * @throws RuntimeException what work threw; of several the first that was given
   */
  void end() {
    while (!waiting.isEmpty()) {
      take();
    }
  }

  private void take() {
    try {
      taken.accept(waiting.remove().get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException stopped = new CancellationException("stopped by its caller");
      stopped.initCause(e);
      throw stopped;
    }
  }

  /** Ends the workers, whatever they are at. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
