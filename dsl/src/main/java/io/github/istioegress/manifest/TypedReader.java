package io.github.istioegress.manifest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.SourcePlace;
import java.util.List;
import java.util.Optional;

/** Makes a typed resource of a tree, and tells of what the type does not take. */
final class TypedReader {

  /** A field that Istio knows and on which the type of a DestinationRule fails. */
  private static final String NOT_IN_TYPE = "ringHash";

  private static final int TRIES = 50;

  /** A field that the type does not take. */
  private record Refused(String path, JsonNode value) {}

  /** One for all: it learns each type once, which takes longer than reading a document. */
  private static final ObjectMapper MAPPER = mapper(Nulls.SET);

  private static final ObjectMapper WITHOUT_EMPTY_ITEMS = mapper(Nulls.SKIP);

  /** To the API server a field that says nothing, {@code hosts:}, is one that is not there. */
  private static ObjectMapper mapper(Nulls items) {
    ObjectMapper mapper =
        new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    mapper.setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP, items));
    return mapper;
  }

  /** The resource of a document that has apiVersion, kind and metadata; nothing where it fails. */
  Optional<Resource> read(Document document, List<Finding> findings) {
    ObjectNode tree = (ObjectNode) document.tree();
    String apiVersion = tree.path("apiVersion").asText();
    ResourceKind kind = ResourceKind.of(apiVersion, tree.path("kind").asText());
    ResourceFindings about = new ResourceFindings(document, name(tree), findings);
    IstioFields.specType(kind).ifPresent(type -> FieldCheck.check(type, tree, about));
    ObjectNode remaining = tree.deepCopy();
    Optional<HasMetadata> object = typed(remaining, kind, about);
    object.ifPresent(typed -> LossCheck.check(kind, tree, MAPPER.valueToTree(typed), about));
    return object
        .map(typed -> hasEmptyItem(remaining) ? withoutEmptyItems(remaining, typed) : typed)
        .map(typed -> new Resource(typed, path -> place(document, path)));
  }

  private static boolean hasEmptyItem(JsonNode tree) {
    if (tree.isArray() && tree.valueStream().anyMatch(JsonNode::isNull)) {
      return true;
    }
    return tree.valueStream().anyMatch(TypedReader::hasEmptyItem);
  }

  /** An item that is empty, or was left out, is nothing to judge. */
  private static HasMetadata withoutEmptyItems(ObjectNode remaining, HasMetadata typed) {
    try {
      return WITHOUT_EMPTY_ITEMS.treeToValue(remaining, typed.getClass());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read once cannot be read again", e);
    }
  }

  private static Optional<SourcePlace> place(Document document, String path) {
    Place place = document.place().nearest(path);
    return Optional.of(new SourcePlace(document.file(), place.line(), place.column()));
  }

  private static Subject name(JsonNode tree) {
    JsonNode metadata = tree.path("metadata");
    return new Subject(
        tree.path("kind").asText(),
        metadata.path("namespace").asText(),
        metadata.path("name").asText());
  }

  /** What the type refuses is told and left out, so that the rest can still be judged. */
  private Optional<HasMetadata> typed(
      ObjectNode remaining, ResourceKind kind, ResourceFindings about) {
    if (kind == ResourceKind.DESTINATION_RULE) {
      remaining
          .path("spec")
          .findParents(NOT_IN_TYPE)
          .forEach(parent -> ((ObjectNode) parent).remove(NOT_IN_TYPE));
    }
    for (int i = 0; i < TRIES; i++) {
      try {
        return Optional.of(MAPPER.treeToValue(remaining, kind.type()));
      } catch (JsonProcessingException e) {
        Optional<Refused> refused =
            e instanceof JsonMappingException mapping
                ? remove(remaining, mapping)
                : Optional.empty();
        if (refused.isEmpty()) {
          about.wrong("", "a form that its kind does not take", "the fields of its kind");
          return Optional.empty();
        }
        about.wrong(
            refused.get().path(),
            FieldPath.shown(refused.get().value()),
            "what Istio's reference says of this field");
      }
    }
    return Optional.empty();
  }

  /** Removes the innermost field that an exception names. */
  private static Optional<Refused> remove(ObjectNode tree, JsonMappingException refused) {
    JsonNode here = tree;
    String path = "";
    Runnable removal = () -> {};
    for (JsonMappingException.Reference step : refused.getPath()) {
      JsonNode holder = here;
      if (step.getFieldName() != null
          && holder instanceof ObjectNode object
          && object.has(step.getFieldName())) {
        path = FieldPath.field(path, step.getFieldName());
        here = object.get(step.getFieldName());
        removal = () -> object.remove(step.getFieldName());
      } else if (holder instanceof ArrayNode list
          && step.getIndex() >= 0
          && step.getIndex() < list.size()) {
        path = FieldPath.item(path, step.getIndex());
        here = list.get(step.getIndex());
        // Removing the item would shift the others; an empty place keeps their numbers.
        removal = () -> list.setNull(step.getIndex());
      } else {
        break;
      }
    }
    removal.run();
    return path.isEmpty() ? Optional.empty() : Optional.of(new Refused(path, here));
  }
}
