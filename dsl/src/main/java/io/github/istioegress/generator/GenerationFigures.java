package io.github.istioegress.generator;

/**
 * What came of a plan.
 *
 * @param parts how many parts it has that share nothing
 * @param resources how many resources were written, each once
 * @param calls how many declared calls were traced, all of which take the way they say
 */
public record GenerationFigures(int parts, int resources, int calls) {}
