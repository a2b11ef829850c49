package io.github.istioegress.maven.lastrun;

import io.github.istioegress.maven.project.MavenModule;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * All that a run depends on: what a definition may read is the user's own code's matter, so
 * everything that it could see counts, whether it looks at it or not.
 *
 * @param settings the goal's own parameters, by name
 * @param environment the environment's variables
 * @param properties the properties of the JVM
 * @param said the properties said in the call
 * @param module the module, all of whose folder counts but what was built in it
 */
public record Ingredients(
    Map<String, String> settings,
    Map<String, String> environment,
    Properties properties,
    Properties said,
    MavenModule module) {

  /** Variables of the shells, which change from call to call. */
  private static final Set<String> SHELL =
      Set.of("_", "SHLVL", "OLDPWD", "PWD", "MAVEN_CMD_LINE_ARGS");

  /** How Maven was called, of which what concerns us is among the settings. */
  private static final Set<String> CALL =
      Set.of("sun.java.command", "java.class.path", "istio-egress.force");

  private static final String GIT = ".git";

  /** Copies the lists. */
  public Ingredients {
    settings = Map.copyOf(settings);
    environment = Map.copyOf(environment);
  }

  /**
   * All of it as one hash.
   *
   * @throws UncheckedIOException when something cannot be read
   */
  String hash(Path output) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.keySet().removeAll(SHELL);
    Fingerprint all =
        new Fingerprint().add(settings).add(variables).add(entries(properties)).add(entries(said));
    module.classPath().forEach(entry -> all.tree(entry, any -> false));
    return all.tree(
            module.folder(),
            path ->
                path.startsWith(module.build()) || path.startsWith(output) || path.endsWith(GIT))
        .hex();
  }

  private static Map<String, String> entries(Properties properties) {
    Map<String, String> entries = new HashMap<>();
    properties.forEach((key, value) -> entries.put(String.valueOf(key), String.valueOf(value)));
    // Maven's own have the environment among them.
    entries.keySet().removeIf(key -> CALL.contains(key) || key.startsWith("env."));
    return entries;
  }
}
