using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Trees;

/// <summary>A point of a centreline; with its parent it makes a piece of vessel of one radius.</summary>
/// <param name="Parent">Index towards the root; -1 at a root.</param>
/// <param name="Terminals">Ends of the tree that are fed through it.</param>
public readonly record struct VesselNode(Point3 Position, int Parent, int Terminals);
