package io.github.istioegress.maven.report;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.istioegress.maven.project.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Answers for each sub-folder of a folder by itself.
 *
 * @param folder the folder of the sets
 * @param fileName where each set's answer goes
 */
public record Batch(Path folder, String fileName) {

  /**
   * Answers set by set; a set that fails gets its error as answer and stops no other.
   *
   * @param answer yields the JSON for a set's folder
   * @return one line for each set that failed
   */
  public List<String> run(Function<Path, String> answer) {
    List<String> failed = new ArrayList<>();
    for (Path set : sets()) {
      String text;
      try {
        text = answer.apply(set);
      } catch (RuntimeException | StackOverflowError e) {
        String error = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        text = "{\"error\": \"%s\"}%n".formatted(quoted(error)).replace("\r\n", "\n");
        failed.add(set.getFileName() + ": " + error);
      }
      new ReportFile(set.resolve(fileName)).write(text);
    }
    return failed;
  }

  private List<Path> sets() {
    if (!Files.isDirectory(folder)) {
      throw new RefusedException(
          folder + " is not a folder: istio-egress.batch names one with a sub-folder per set");
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
