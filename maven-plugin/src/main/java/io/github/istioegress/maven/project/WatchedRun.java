package io.github.istioegress.maven.project;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the module's definitions on a thread of their own, so that one that never comes back can be
 * told by its line and left behind. Time counts while a class of the module is at work, whatever it
 * calls; how long the fleet takes that it says is nobody's fault.
 *
 * @param loader what the module's classes are loaded with
 * @param classNames the module's classes
 * @param limit how long they may take without a pause; zero for as long as they like
 */
record WatchedRun(ClassLoader loader, List<String> classNames, Duration limit) {

  /** What the names of our own threads begin with; they end by themselves. */
  private static final String OURS = "istio-egress ";

  private static final int LOOK_MILLIS = 100;

  /** What a thread that has just ended may still take. */
  private static final int GRACE_MILLIS = 200;

  /**
   * Runs.
   *
   * @throws RefusedException when a class of the module does not come back, or leaves threads
   *     behind
   */
  <T> T call(Callable<T> work) throws ReflectiveOperationException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, OURS + "definitions");
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    thread.start();
    T answer = answer(task, thread);
    orRefuseThreads(thread);
    return answer;
  }

  private <T> T answer(FutureTask<T> task, Thread thread) throws ReflectiveOperationException {
    long since = System.nanoTime();
    while (true) {
      try {
        return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillAtWork) {
        Optional<StackTraceElement> own = ownFrame(thread);
        if (own.isEmpty()) {
          since = System.nanoTime();
        } else if (!limit.isZero() && System.nanoTime() - since >= limit.toNanos()) {
          thread.interrupt();
          throw endless(own.get());
        }
      } catch (InterruptedException e) {
        thread.interrupt();
        Thread.currentThread().interrupt();
        throw new RefusedException("interrupted while the definitions ran. Nothing written.", e);
      } catch (ExecutionException e) {
        throw thrown(e.getCause() == null ? e : e.getCause());
      }
    }
  }

  private RefusedException endless(StackTraceElement frame) {
    return new RefusedException(
        "%s.%s is at work for %s s and stands at %s: end the loop there, or give it longer with -Distio-egress.definitionTimeout=%s. Nothing written."
            .formatted(
                frame.getClassName(),
                frame.getMethodName(),
                limit.toSeconds(),
                where(frame),
                limit.multipliedBy(10).toSeconds()));
  }

  /** A definition says something; what goes on after that would go on in the rest of the build. */
  private void orRefuseThreads(Thread worker) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      boolean ours = thread == worker || thread.getName().startsWith(OURS);
      if (!ours && thread.getContextClassLoader() == loader && outlives(thread)) {
        String place = ownFrame(thread).map(frame -> ", at " + where(frame)).orElse("");
        thread.interrupt();
        throw new RefusedException(
            "the definitions left the thread '%s' behind%s: a definition starts nothing that goes on. Nothing written."
                .formatted(thread.getName(), place));
      }
    }
  }

  private static boolean outlives(Thread thread) {
    try {
      thread.join(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return thread.isAlive();
  }

  private Optional<StackTraceElement> ownFrame(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .filter(frame -> classNames.contains(frame.getClassName()))
        .findFirst();
  }

  private static String where(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }

  private static ReflectiveOperationException thrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    return cause instanceof ReflectiveOperationException exception
        ? exception
        : new ReflectiveOperationException(cause);
  }
}
