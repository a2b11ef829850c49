package io.github.istioegress.dsl;

import io.github.istioegress.intent.EgressPlan;
import java.util.Locale;

/**
 * What a platform team writes: the egress of one mesh, said in Java.
 *
 * <p>A class that implements this, is not abstract and has a constructor without parameters is
 * found by the Maven plugin without configuration. It is asked at build time; nothing of it runs in
 * the cluster.
 */
public interface EgressDefinition {

  /** Says what may leave the mesh. Asked once a run; the answer must be the same each time. */
  EgressPlan define();

  /**
   * The folder of its manifests and the name in reports: lower-case letters, digits and dashes.
   *
   * <p>By default the name of the class without a final {@code Egress}, {@code Definition} or
   * {@code Example}, in words: {@code CnnNewsEgress} becomes {@code cnn-news}.
   */
  default String name() {
    String simple = getClass().getSimpleName();
    String base = simple.replaceFirst("(?<=.)(Egress|Definition|EgressDefinition|Example)$", "");
    return base.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
        .replaceAll("[^A-Za-z0-9-]", "-")
        .toLowerCase(Locale.ROOT);
  }
}
