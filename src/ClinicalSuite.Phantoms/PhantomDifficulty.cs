namespace ClinicalSuite.Phantoms;

public enum PhantomDifficulty
{
    /// <summary>Even liver, little noise, one lesion of each kind: a cut-off finds the vessels.</summary>
    Easy,

    /// <summary>Shading, texture, nodules, lesions and noise, so that no single cut-off finds the vessels.</summary>
    Hard,
}
