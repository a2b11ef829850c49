package io.github.istioegress.maven;

import io.github.istioegress.maven.project.RefusedException;
import java.io.UncheckedIOException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** What all goals share: the switch that leaves them out, and the one place where errors end. */
abstract class AbstractEgressMojo extends AbstractMojo {

  /** Does nothing when true. */
  @Parameter(property = "istio-egress.skip", defaultValue = "false")
  private boolean skip;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("skipped, istio-egress.skip is set");
      return;
    }
    try {
      run();
    } catch (RefusedException | IllegalArgumentException e) {
      throw new MojoFailureException(message(e), e);
    } catch (UncheckedIOException e) {
      throw new MojoExecutionException(message(e), e);
    }
  }

  /**
   * Does the goal's work.
   *
   * @throws RefusedException for what the user can put right, as is {@link
   *     IllegalArgumentException}
   * @throws UncheckedIOException for a broken world
   */
  abstract void run();

  private static String message(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
