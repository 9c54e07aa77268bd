using ClinicalSuite.Findings;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>Why an execution ends before its analysis begins.</summary>
public static class RunnerReasons
{
    public static readonly Code SeveralStudies = new("SEVERAL-STUDIES", "99CLINSUITE", "Images of several studies");
    public static readonly Code SegmentsUnused = new("SEGMENTS-UNUSED", "99CLINSUITE", "Segments that came with the study were not used");
    public static readonly Code Incomplete = new("INCOMPLETE", "99CLINSUITE", "Study lacks something that is needed");
}
