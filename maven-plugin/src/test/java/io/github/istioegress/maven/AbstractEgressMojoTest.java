package io.github.istioegress.maven;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.maven.project.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

final class AbstractEgressMojoTest {

  @Test
  void whatTheUserCanPutRightIsAFailure() {
    fails(new RefusedException("say it so"), MojoFailureException.class, "say it so");
    fails(new IllegalArgumentException("port 70000"), MojoFailureException.class, "port 70000");
  }

  @Test
  void aBrokenWorldIsAnError() {
    fails(
        new UncheckedIOException("cannot write a.yaml", new IOException("disk full")),
        MojoExecutionException.class,
        "cannot write a.yaml");
  }

  private static void fails(RuntimeException thrown, Class<?> as, String message) {
    AbstractEgressMojo mojo =
        new AbstractEgressMojo() {
          @Override
          void run() {
            throw thrown;
          }
        };
    assertThatThrownBy(mojo::execute).isInstanceOf(as).hasMessage(message).hasCause(thrown);
  }
}
