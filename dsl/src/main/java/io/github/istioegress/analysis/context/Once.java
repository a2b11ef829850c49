package io.github.istioegress.analysis.context;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Something that is worked out when it is first asked for, and kept. */
final class Once<T> implements Supplier<T> {

  private final Supplier<T> source;
  private final List<T> made = new ArrayList<>(1);

  Once(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public T get() {
    if (made.isEmpty()) {
      made.add(source.get());
    }
    return made.get(0);
  }
}
