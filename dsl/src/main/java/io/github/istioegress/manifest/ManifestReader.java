package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HygieneCode;
import io.github.istioegress.finding.InputCode;
import io.github.istioegress.finding.Location;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads resources from YAML and JSON, and tells what it cannot read instead of losing it. It never
 * throws for its input. An instance may be shared between threads.
 */
public final class ManifestReader {

  private final TypedReader types = new TypedReader();

  /** A reader. */
  public ManifestReader() {}

  /** What one call of {@link #read} gathers. */
  private static final class Gathered {
    final Map<ResourceKey, Resource> resources = new TreeMap<>();
    final List<Finding> findings = new ArrayList<>();
    int skipped;

    /** Adds what a file holds, as if one had been read after the other. */
    void add(OfFile file) {
      int told = 0;
      for (Typed typed : file.resources) {
        findings.addAll(file.findings.subList(told, typed.after()));
        told = typed.after();
        add(typed.resource());
      }
      findings.addAll(file.findings.subList(told, file.findings.size()));
      skipped += file.skipped;
    }

    private void add(Resource resource) {
      Resource there = resources.putIfAbsent(resource.key(), resource);
      if (there != null) {
        findings.add(
            HygieneCode.DUPLICATE_RESOURCE
                .at(location(resource), resource.key(), location(there))
                .about(
                    new Subject(
                        resource.key().kind(), resource.key().namespace(), resource.key().name()),
                    ""));
      }
    }
  }

  /**
   * A resource of a file.
   *
   * @param after how many findings come before it
   */
  private record Typed(Resource resource, int after) {}

  /** What one file holds. */
  private static final class OfFile {
    final List<Typed> resources = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();
    int skipped;
  }

  /**
   * Reads files as one set.
   *
   * @param files the files in the order in which their findings are wanted
   * @return the resources, and a finding for everything that is not in them as it was written: text
   *     that is no YAML, what readers of YAML differ about, unknown fields and words, a second
   *     document for one resource
   */
  public ReadManifests read(List<SourceFile> files) {
    Gathered gathered = new Gathered();
    // Files know nothing of each other until they are put together, so they are read side by side.
    files.parallelStream().map(this::file).toList().forEach(gathered::add);
    boolean explained = gathered.findings.stream().anyMatch(Finding::isError);
    if (gathered.resources.isEmpty() && !explained) {
      gathered.findings.add(nothing(files));
    }
    ResourceSet.Builder set = ResourceSet.builder();
    gathered.resources.values().forEach(set::add);
    return new ReadManifests(set.build(), gathered.findings, gathered.skipped);
  }

  private OfFile file(SourceFile file) {
    OfFile read = new OfFile();
    for (Document document : DocumentReader.read(file, read.findings)) {
      document(document, read);
    }
    return read;
  }

  private static Finding nothing(List<SourceFile> files) {
    return files.isEmpty()
        ? InputCode.NOTHING_TO_READ.at(Location.file(""), "The input has")
        : InputCode.NOTHING_TO_READ.at(Location.file(files.get(0).name()), "The input has");
  }

  private void document(Document document, OfFile read) {
    JsonNode tree = document.tree();
    JsonNode apiVersion = tree.path("apiVersion");
    JsonNode kind = tree.path("kind");
    if (!apiVersion.isTextual() || !kind.isTextual()) {
      skip(document, read);
    } else if (kind.asText().endsWith("List") && tree.path("items").isArray()) {
      items(document, read);
    } else {
      resource(document, read);
    }
  }

  private static void skip(Document document, OfFile read) {
    if (document.tree().isObject()) {
      read.skipped++;
    } else {
      Location location = ResourceFindings.locate(document, "");
      read.findings.add(
          InputCode.WRONG_TYPE.at(
              location,
              "The document",
              FieldPath.shown(document.tree()),
              "place of a resource",
              "a mapping with apiVersion and kind"));
    }
  }

  private void items(Document list, OfFile read) {
    JsonNode items = list.tree().path("items");
    for (int i = 0; i < items.size(); i++) {
      Place place = list.place().nearest(FieldPath.item("items", i));
      document(new Document(list.file(), items.get(i), place), read);
    }
  }

  private void resource(Document document, OfFile read) {
    ObjectNode tree = (ObjectNode) document.tree();
    String apiVersion = tree.path("apiVersion").asText();
    String kind = tree.path("kind").asText();
    ResourceKind known = ResourceKind.of(apiVersion, kind);
    JsonNode name = tree.path("metadata").path("name");
    if (!name.isTextual() || name.asText().isEmpty()) {
      if (known == ResourceKind.OTHER) {
        read.skipped++; // A file of some tool, such as a Kustomization.
      } else {
        nameless(document, kind, read.findings);
      }
      return;
    }
    ObjectNode metadata = (ObjectNode) tree.path("metadata");
    if (saysNothing(metadata.path("namespace")) && ClusterScope.isNamespaced(apiVersion, kind)) {
      metadata.put("namespace", "default");
    }
    types
        .read(document, read.findings)
        .ifPresent(one -> read.resources.add(new Typed(one, read.findings.size())));
  }

  private static boolean saysNothing(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.asText().isEmpty());
  }

  private static void nameless(Document document, String kind, List<Finding> findings) {
    JsonNode name = document.tree().path("metadata").path("name");
    String bare = document.place().nearest("metadata.name").ambiguous();
    Location location = ResourceFindings.locate(document, "metadata.name");
    findings.add(
        bare.isEmpty()
            ? InputCode.WRONG_TYPE.at(
                location, "A " + kind, FieldPath.shown(name), "metadata.name", "a string")
            : InputCode.AMBIGUOUS_SCALAR.at(location, "A " + kind, bare, "metadata.name"));
  }

  private static Location location(Resource resource) {
    return resource
        .source()
        .place("")
        .map(place -> new Location(place.file(), place.line(), place.column()))
        .orElseGet(() -> Location.file(""));
  }
}
