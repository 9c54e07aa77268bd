using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Arrays;

/// <summary>An entry of <c>labels.json</c>: a number of the array, what it is, and the numbers inside it.</summary>
public sealed record ArraySegment(int Number, string Label, Code? Code, IReadOnlyList<int> Includes);
