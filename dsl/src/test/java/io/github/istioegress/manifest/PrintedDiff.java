package io.github.istioegress.manifest;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.approvaltests.core.ApprovalFailureReporter;

/** Shows how a golden differs where tests have no screen: as text. */
final class PrintedDiff implements ApprovalFailureReporter {

  @Override
  public boolean report(String received, String approved) {
    try {
      List<String> before =
          Files.exists(Path.of(approved)) ? Files.readAllLines(Path.of(approved)) : List.of();
      List<String> after = Files.readAllLines(Path.of(received));
      UnifiedDiffUtils.generateUnifiedDiff(
              approved, received, before, DiffUtils.diff(before, after), 3)
          .forEach(System.out::println);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
