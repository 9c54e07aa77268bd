namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>What becomes of an attribute: the letters of PS3.15 E.1, the ways of cleaning (C) told apart.</summary>
internal enum ElementAction
{
    /// <summary>K. The items of a sequence are treated one by one.</summary>
    Keep,

    /// <summary>X</summary>
    Remove,

    /// <summary>Z: no value.</summary>
    Empty,

    /// <summary>D: a value that says nothing.</summary>
    Replace,

    /// <summary>U</summary>
    MapUid,

    /// <summary>C of text and of sequences.</summary>
    Clean,

    /// <summary>C of dates and times.</summary>
    ShiftDate,

    /// <summary>C of application entity titles: another name that always stands for the same one.</summary>
    Alias,
}
