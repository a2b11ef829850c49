package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarScopeTest {

  @Test
  void importsAreOrderedAndHeldOnce() {
    SidecarScope scope =
        new SidecarScope(List.of("orders/*", "common/*.a.example", "orders/*", "common/b.example"));
    assertThat(scope.imports())
        .containsExactly("common/*.a.example", "common/b.example", "orders/*");
    assertThat(scope.namespaces()).containsExactly("common", "orders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "orders/", "/x", "a/b/c", "orders/a b", "orders/A", "~/x*y"})
  void anImportIsANamespaceAndAHost(String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SidecarScope(List.of(said)))
        .withMessageContaining("import " + (said.equals("/x") ? "/x" : "'" + said));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Orders/x", "./x", "~/x", "~orders/x"})
  void itsNamespaceIsNamed(String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SidecarScope(List.of(said)))
        .withMessageStartingWith("namespace of import " + said + " '");
  }

  @Test
  void everyNamespaceIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeshNamespace.named("shop").sidecarScope("*/stock.example"))
        .withMessage(
            "import '*/stock.example' takes in every namespace: name those that are called, as in"
                + " orders/stock.example");
  }
}
