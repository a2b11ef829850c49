package io.github.istioegress.maven.project;

import io.github.istioegress.layout.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the module's own dsl answered.
 *
 * @param definitions the definitions it found
 * @param files what is to be written, by path in the output folder
 * @param others paths that the definitions yield and that the run leaves alone
 * @param inputs files and folders that were read for it; empty where the module's dsl does not say
 * @param errors why nothing may be written, each a complete message
 * @param version the version of the module's dsl
 */
public record Generation(
    List<GeneratedDefinition> definitions,
    Texts files,
    List<String> others,
    Optional<List<String>> inputs,
    List<String> errors,
    String version) {

  /** Reads an answer; some of the files may be there already. */
  static Generation of(Map<String, Object> answer, Texts files) {
    if (answer.get("files") instanceof Map<?, ?> said) {
      said.forEach((path, text) -> files.put((String) path, (String) text));
    }
    return new Generation(
        Answer.maps(answer, "definitions").map(GeneratedDefinition::of).toList(),
        files,
        Answer.texts(answer, "others").toList(),
        answer.containsKey("inputs")
            ? Optional.of(Answer.texts(answer, "inputs").toList())
            : Optional.empty(),
        Answer.texts(answer, "errors").toList(),
        Answer.text(answer, "version"));
  }

  /** True where the module says nothing about egress. */
  public boolean isEmpty() {
    return definitions.isEmpty() && errors.isEmpty();
  }

  /** True where a released version of the dsl answered that is not the plugin's. */
  public boolean isOfOtherVersion(String plugin) {
    return !version.isEmpty() && !version.equals("unreleased") && !version.equals(plugin);
  }

  /** The declared calls that are shown, in the order of the definitions. */
  public List<TracedCall> calls() {
    return definitions.stream().flatMap(definition -> definition.calls().stream()).toList();
  }

  /**
   * The same, if it may be written.
   *
   * @throws RefusedException when there are errors, or a call does not take the way its sentence
   *     says
   */
  public Generation orRefuse() {
    List<String> wrong =
        Stream.concat(
                errors.stream(), calls().stream().filter(call -> !call.ok()).map(TracedCall::line))
            .distinct()
            .toList();
    if (wrong.isEmpty()) {
      return this;
    }
    throw new RefusedException(
        "%s, nothing written:%n%s"
            .formatted(
                wrong.size() == 1 ? "1 error" : wrong.size() + " errors",
                String.join(System.lineSeparator(), wrong)));
  }
}
