namespace ClinicalSuite.Store;

public enum RunState
{
    Queued,
    Running,

    /// <summary>Results are recorded.</summary>
    Done,

    /// <summary>The analysis says that it can say nothing, with reason and measured cause.</summary>
    NotAssessable,

    /// <summary>The input cannot be read as what it claims to be; a repetition would not help.</summary>
    Refused,

    /// <summary>Failed as often as is allowed; kept with its input.</summary>
    Poisoned,

    Cancelled,
}
