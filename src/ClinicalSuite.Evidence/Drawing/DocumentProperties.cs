namespace ClinicalSuite.Evidence.Drawing;

/// <summary>What a PDF says of itself. The time is given, never taken from the clock: equal input gives equal bytes.</summary>
public sealed record DocumentProperties(string Title, string Author, string Subject, DateTimeOffset Created);
