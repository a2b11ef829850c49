package io.github.istioegress.page;

import org.approvaltests.core.ApprovalFailureReporter;

/** Read by ApprovalTests: goldens lie in a folder of their own, and no diff window opens. */
public final class PackageSettings {

  public static final String UseApprovalSubdirectory = "approved";

  public static final ApprovalFailureReporter UseReporter =
      (received, approved) -> {
        throw new AssertionError(received + " differs from " + approved);
      };

  private PackageSettings() {}
}
