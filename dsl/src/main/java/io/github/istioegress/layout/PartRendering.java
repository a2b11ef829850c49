package io.github.istioegress.layout;

import io.github.istioegress.layout.Spool.Piece;
import io.github.istioegress.resource.HelmValues;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceOrder;
import io.github.istioegress.resource.ResourceSet;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Renders a definition part by part, in any layout. A file whose namespaces are of one part is
 * handed on as soon as that part is there; what several parts have in a namespace waits on the
 * disk, and its files are handed on at the end.
 */
public final class PartRendering implements Closeable {

  /** Takes what is rendered; each path comes once. */
  public interface Files {

    /** A file that is to be written. */
    void file(RenderedFile file);

    /** The path of a file that is not this run's matter. */
    void other(String path);
  }

  /**
   * A resource and its text.
   *
   * @param path the file it lies in
   * @param resource the resource as it was made
   * @param text its text
   */
  public record Document(String path, Resource resource, String text) {}

  /** A file that is not complete: its resources, and where their text waits. */
  private record Waiting(TreeMap<ResourceOrder, Piece> pieces, Set<String> homes) {}

  private static final byte[] BETWEEN = Rendering.BETWEEN.getBytes(StandardCharsets.UTF_8);

  private final OutputLayout layout;
  private final Rendering rendering;
  private final BiPredicate<String, Set<String>> isWanted;
  private final Files files;
  private final Placement.Builder placement;
  private final Spool spool = new Spool();
  private final Map<String, Waiting> waiting = new TreeMap<>();
  private final Set<String> others = new TreeSet<>();
  private final AtomicInteger resources = new AtomicInteger();

  /**
   * A rendering.
   *
   * @param layout which resource goes into which file
   * @param name the definition, which is also the folder of its files
   * @param isWanted whether a file is to be made, by its path below the folder and its namespaces
   * @param files takes the files
   */
  public PartRendering(
      OutputLayout layout, String name, BiPredicate<String, Set<String>> isWanted, Files files) {
    this.layout = layout;
    this.rendering = new Rendering(layout);
    this.isWanted = isWanted;
    this.files = files;
    this.placement = Placement.of(name);
  }

  /** A part as text, which is not added yet. */
  public static final class Rendered {
    private final List<OfPath> files;

    private Rendered(List<OfPath> files) {
      this.files = files;
    }

    /** The texts, for whoever wants to read again what was written. */
    public List<Document> documents() {
      List<Document> documents = new ArrayList<>();
      for (OfPath one : files) {
        for (int i = 0; i < one.texts().size(); i++) {
          documents.add(new Document(one.path(), one.held().get(i), one.texts().get(i)));
        }
      }
      return documents;
    }
  }

  /** What a part has in a file; without texts where nobody wants them. */
  private record OfPath(
      String path,
      List<Resource> held,
      List<String> texts,
      Set<String> homes,
      boolean wanted,
      boolean complete) {}

  /**
   * Renders a part. Several threads may do so at once.
   *
   * @param part its resources
   * @param isComplete whether no other part has resources of a namespace
   * @param isRead whether its texts are wanted even if its files are not
   * @throws IllegalArgumentException when a name cannot be a file name
   */
  public Rendered render(ResourceSet part, Predicate<String> isComplete, boolean isRead) {
    Map<String, List<Resource>> byPath = new TreeMap<>();
    for (Resource resource : part.all()) {
      byPath.computeIfAbsent(layout.path(resource), p -> new ArrayList<>()).add(resource);
    }
    List<OfPath> files = new ArrayList<>();
    byPath.forEach(
        (path, held) -> {
          Set<String> homes = held.stream().map(ResourceSet::home).collect(Collectors.toSet());
          boolean wanted = isWanted.test(path, homes);
          files.add(
              new OfPath(
                  path,
                  held,
                  wanted || isRead ? held.stream().map(rendering::document).toList() : List.of(),
                  homes,
                  wanted,
                  homes.stream().allMatch(isComplete)));
        });
    return new Rendered(files);
  }

  /**
   * Adds a part, and hands on the files that it completes.
   *
   * @throws IllegalArgumentException when two parts make one resource with different content
   */
  public void add(Rendered part) {
    for (OfPath one : part.files) {
      one.held().forEach(resource -> placement.add(one.path(), resource));
      if (one.wanted()) {
        keep(one.path(), one.held(), one.texts(), one.homes(), one.complete());
      } else {
        others.add(one.path());
      }
    }
  }

  private void keep(
      String path,
      List<Resource> held,
      List<String> documents,
      Set<String> homes,
      boolean complete) {
    if (complete && !waiting.containsKey(path)) {
      resources.addAndGet(held.size());
      files.file(
          RenderedFile.manifest(path, layout.text(path, Rendering.joined(documents)), homes));
      return;
    }
    Waiting there =
        waiting.computeIfAbsent(path, p -> new Waiting(new TreeMap<>(), new TreeSet<>()));
    there.homes().addAll(homes);
    for (int i = 0; i < held.size(); i++) {
      ResourceOrder order = ResourceOrder.of(held.get(i));
      byte[] text = documents.get(i).getBytes(StandardCharsets.UTF_8);
      Piece first = there.pieces().get(order);
      if (first == null) {
        there.pieces().put(order, spool.add(text));
        resources.incrementAndGet();
      } else if (!Arrays.equals(spool.read(first), text)) {
        throw ResourceSet.madeTwice(order.key());
      }
    }
    if (complete) {
      waiting.remove(path);
      handOn(path, there);
    }
  }

  private void handOn(String path, Waiting complete) {
    String text =
        new String(spool.read(complete.pieces().values(), BETWEEN), StandardCharsets.UTF_8);
    files.file(RenderedFile.manifest(path, layout.text(path, text), complete.homes()));
  }

  /**
   * Hands on what was waiting, and the files beside.
   *
   * @param values values for Istio's own charts
   */
  public void end(List<HelmValues> values) {
    waiting.forEach(this::handOn);
    for (RenderedFile file : rendering.index(placement.build(), values)) {
      if (isWanted.test(file.path(), file.homes())) {
        files.file(file);
      } else {
        others.add(file.path());
      }
    }
    others.forEach(files::other);
  }

  /** How many resources were rendered, each once. */
  public int resources() {
    return resources.get();
  }

  @Override
  public void close() {
    spool.close();
  }
}
