package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.github.istioegress.resource.ResourceKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IstioFieldsTest {

  private static final List<ResourceKind> KINDS =
      List.of(
          ResourceKind.SERVICE_ENTRY,
          ResourceKind.SIDECAR,
          ResourceKind.AUTHORIZATION_POLICY,
          ResourceKind.GATEWAY,
          ResourceKind.DESTINATION_RULE,
          ResourceKind.VIRTUAL_SERVICE,
          ResourceKind.GATEWAY_CLASS,
          ResourceKind.REFERENCE_GRANT,
          ResourceKind.KUBERNETES_GATEWAY,
          ResourceKind.BACKEND_TLS_POLICY,
          ResourceKind.HTTP_ROUTE,
          ResourceKind.GRPC_ROUTE,
          ResourceKind.TLS_ROUTE,
          ResourceKind.TCP_ROUTE,
          ResourceKind.NETWORK_POLICY);

  private final ObjectMapper mapper = new ObjectMapper();
  private final Set<String> missing = new TreeSet<>();
  private final Set<String> visited = new HashSet<>();

  @Test
  void everyFieldOfTheModelIsInTheTable() {
    for (ResourceKind kind : KINDS) {
      JavaType resource = mapper.constructType(kind.type());
      properties(resource).stream()
          .filter(property -> property.getName().equals("spec"))
          .forEach(spec -> visit(IstioFields.specType(kind).orElseThrow(), spec.getPrimaryType()));
    }
    assertThat(missing).isEmpty();
    assertThat(visited).hasSizeGreaterThan(40);
  }

  private void visit(String type, JavaType model) {
    if (!visited.add(type + " " + model)) {
      return;
    }
    for (BeanPropertyDefinition property : properties(model)) {
      String name = property.getName();
      if (name.equals("additionalProperties") || IstioFields.field(type, name).isPresent()) {
        IstioFields.field(type, name)
            .filter(field -> !field.type().isEmpty())
            .ifPresent(field -> visit(field.type(), content(property.getPrimaryType())));
      } else if (!property.getPrimaryType().isInterface()) {
        missing.add(type + "." + name);
      }
    }
  }

  private static JavaType content(JavaType type) {
    return type.isContainerType() ? content(type.getContentType()) : type;
  }

  private List<BeanPropertyDefinition> properties(JavaType type) {
    return mapper.getSerializationConfig().introspect(type).findProperties();
  }

  @Test
  void everyTypeThatIsNamedIsInTheTable() {
    for (String type : IstioFields.types()) {
      for (IstioFields.Field field : IstioFields.fields(type)) {
        assertThat(field.type().isEmpty() || IstioFields.types().contains(field.type()))
            .as(type + "." + field.name())
            .isTrue();
      }
    }
  }

  @Test
  void otherKindsHaveNoTable() {
    assertThat(IstioFields.specType(ResourceKind.SERVICE)).isEmpty();
    assertThat(IstioFields.fields("Nothing")).isEmpty();
    assertThat(IstioFields.field("Nothing", "name")).isEmpty();
  }

  @Test
  void anEnumerationKnowsItsWords() {
    assertThat(IstioFields.field("ServiceEntry", "resolution").orElseThrow().values())
        .containsExactly("NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS");
  }
}
