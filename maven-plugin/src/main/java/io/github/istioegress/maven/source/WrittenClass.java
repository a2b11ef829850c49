package io.github.istioegress.maven.source;

import io.github.istioegress.intent.EgressPlan;
import java.util.Objects;
import java.util.Optional;

/**
 * A Java file that was written.
 *
 * @param packageName its package
 * @param name its class
 * @param text the file
 * @param plan what it is to say, where it is a definition
 */
public record WrittenClass(
    String packageName, String name, String text, Optional<EgressPlan> plan) {

  /** Refuses nulls. */
  public WrittenClass {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(plan, "plan");
  }

  /** Its place below a source root, {@code com/acme/ShopEgress.java}. */
  public String path() {
    return packageName.replace('.', '/') + "/" + name + ".java";
  }

  String qualifiedName() {
    return packageName + "." + name;
  }
}
