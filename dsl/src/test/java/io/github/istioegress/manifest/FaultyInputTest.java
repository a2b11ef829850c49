package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever stands in a file, the reader answers with findings and never throws. */
class FaultyInputTest {

  private static final List<String> BITS =
      List.of(
          "", " ", "\n", "\t", ":", "- ", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "!t ", "<<: ",
          "#", "|\n", ">", "---\n", "...\n", "%", "on", "80", "~", "\u0000", "é", "? ", ",");

  private static final List<String> VALUES =
      List.of(
          "null", "true", "1", "-1.5", "\"\"", "\"on\"", "[]", "{}", "[[1]]", "{\"a[x].b\":[1]}");

  private final ObjectMapper mapper = new ObjectMapper();
  private final String written = new ManifestWriter().write(WrittenResources.all());

  private static void answers(String text) {
    ReadManifests read = Reading.read(text);
    for (Resource resource : read.resources().all()) {
      assertThat(resource.key().name()).isNotNull();
      assertThat(resource.source().place("spec.ports[0].number")).isPresent();
      assertThat(new ManifestWriter().write(List.of(resource.object()))).isNotEmpty();
    }
    assertThat(read.resources().size() + read.findings().size() + read.skippedDocuments())
        .isPositive();
  }

  @Property(tries = 300)
  void brokenText(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(written);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      text.replace(
          at,
          Math.min(text.length(), at + random.nextInt(3)),
          BITS.get(random.nextInt(BITS.size())));
    }
    answers(text.toString());
  }

  @Property(tries = 300)
  void valuesOfAnotherType(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<HasMetadata> all = WrittenResources.all();
    ObjectNode tree = mapper.valueToTree(all.get(random.nextInt(all.size())));
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<JsonNode> holders = new ArrayList<>();
      holders(tree, holders);
      JsonNode value = mapper.readTree(VALUES.get(random.nextInt(VALUES.size())));
      replaceOne(holders.get(random.nextInt(holders.size())), value, random);
    }
    answers(tree.toString());
  }

  private static void holders(JsonNode node, List<JsonNode> into) {
    if (node.isContainerNode() && !node.isEmpty()) {
      into.add(node);
      node.forEach(inside -> holders(inside, into));
    }
  }

  private static void replaceOne(JsonNode holder, JsonNode value, Random random) {
    int which = random.nextInt(holder.size());
    if (holder instanceof ArrayNode list) {
      list.set(which, value);
    } else if (holder instanceof ObjectNode object) {
      object.set(new ArrayList<>(object.properties()).get(which).getKey(), value);
    }
  }
}
