package io.github.istioegress.maven.project;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

final class OutputOwnersTest {

  @Test
  void aFolderHasOneModule() {
    OutputOwners owners = new OutputOwners(new HashMap<>());
    owners.take(Path.of("build/manifests"), Path.of("orders"));
    owners.take(Path.of("build/manifests"), Path.of("orders"));
    owners.take(Path.of("build/others"), Path.of("shop"));

    assertThatThrownBy(() -> owners.take(Path.of("build/shop/../manifests"), Path.of("shop")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "build/shop/../manifests is the output folder of module orders, too: give each module an output folder of its own. Nothing written.");
  }
}
