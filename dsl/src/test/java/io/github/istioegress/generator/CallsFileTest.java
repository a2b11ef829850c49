package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.trace.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsFileTest {

  @Test
  void aCallSaysItsMethodAndIsAGetWithoutOne() {
    List<Call> calls =
        CallsFile.read(
                new SourceFile(
                    "calls.yaml",
                    """
                    calls:
                    - {from: {namespace: shop, serviceAccount: web}, to: "http://a.example", method: POST}
                    - {from: {namespace: shop}, to: "http://a.example"}
                    """))
            .calls();
    assertThat(calls.stream().map(Call::method)).containsExactly("POST", "GET");
    assertThat(calls.stream().map(call -> call.from().serviceAccount()))
        .containsExactly("web", "default");
  }

  @Test
  void aCallerMayBeOnItsNodesNetwork() {
    List<Call> calls =
        CallsFile.read(
                new SourceFile(
                    "calls.yaml",
                    """
                    calls:
                    - {from: {namespace: shop, hostNetwork: true}, to: "http://a.example"}
                    - {from: {namespace: shop}, to: "http://a.example"}
                    """))
            .calls();
    assertThat(calls.stream().map(call -> call.from().hostNetwork())).containsExactly(true, false);
  }
}
