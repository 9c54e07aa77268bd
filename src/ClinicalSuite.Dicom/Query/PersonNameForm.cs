namespace ClinicalSuite.Dicom.Query;

/// <summary>One text by which a person's name can be found.</summary>
/// <param name="Text">In capitals, without diacritics.</param>
/// <param name="Kind">Which form of a key it is compared with.</param>
internal readonly record struct PersonNameForm(string Text, PersonNameForm.Comparison Kind)
{
    internal enum Comparison
    {
        /// <summary>A component group as it was received.</summary>
        Group,

        /// <summary>A reading, its components divided: for keys that divide theirs.</summary>
        Divided,

        /// <summary>Written together: for keys that are written together too.</summary>
        Together,

        /// <summary>Written together in the record itself: for all keys.</summary>
        Undivided,
    }
}
