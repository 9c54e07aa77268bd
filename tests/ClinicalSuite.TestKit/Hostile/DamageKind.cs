namespace ClinicalSuite.TestKit.Hostile;

/// <summary>What is done to one place of a data set.</summary>
public enum DamageKind
{
    None,

    /// <summary>The length says something else.</summary>
    Length,

    /// <summary>The two letters of the VR are others.</summary>
    Representation,

    /// <summary>A delimiter is left out.</summary>
    NoDelimiter,

    /// <summary>A delimiter of the other kind.</summary>
    OtherDelimiter,

    /// <summary>A delimiter where none belongs.</summary>
    StrayDelimiter,

    /// <summary>Everything after the header is cut off.</summary>
    Cut,

    /// <summary>The tag is that of an item.</summary>
    ItemTag,
}
