package io.github.istioegress.trace.registry;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What was worked out lately, up to a weight; what was not asked for the longest time goes first.
 * An instance may be shared between threads.
 *
 * @param <K> what is asked for
 * @param <V> what was worked out
 */
public final class Recent<K, V> {

  private final long most;
  private final ToLongFunction<V> weight;
  private final Map<K, V> known = new LinkedHashMap<>(16, 0.75f, true);
  private final AtomicLong held = new AtomicLong();

  /**
   * Keeps nothing yet.
   *
   * @param most the weight that is kept; a value is kept until another takes its place, however
   *     heavy it is
   * @param weight the weight of a value
   */
  public Recent(long most, ToLongFunction<V> weight) {
    this.most = most;
    this.weight = weight;
  }

  /** What is kept for a key, else what is worked out for it now. */
  public V get(K key, Function<K, V> work) {
    synchronized (known) {
      V there = known.get(key);
      if (there != null) {
        return there;
      }
    }
    // Outside the lock: two threads may do the same work, but none waits for other work.
    V made = work.apply(key);
    synchronized (known) {
      V there = known.putIfAbsent(key, made);
      if (there != null) {
        return there;
      }
      held.addAndGet(weight.applyAsLong(made));
      Iterator<V> oldest = known.values().iterator();
      while (held.get() > most && known.size() > 1) {
        held.addAndGet(-weight.applyAsLong(Objects.requireNonNull(oldest.next())));
        oldest.remove();
      }
      return made;
    }
  }
}
