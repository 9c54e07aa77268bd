using System.Runtime.InteropServices;

namespace ClinicalSuite.Evidence.Drawing;

/// <summary>libpango-1.0 and libpangocairo-1.0: line breaking, and a font for each glyph.</summary>
internal static partial class Pango
{
    /// <summary>Pango counts in 1024ths of a point.</summary>
    public const double Scale = 1024;

    public const int WrapWordThenCharacter = 2;
    public const int EllipsizeEnd = 3;

    private const string Library = "libpango-1.0.so.0";
    private const string CairoLibrary = "libpangocairo-1.0.so.0";

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_create_layout")]
    public static partial nint CreateLayout(nint cairo);

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_show_layout")]
    public static partial void Show(nint cairo, nint layout);

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_context_set_resolution")]
    public static partial void SetResolution(nint context, double dotsPerInch);

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_context_set_font_options")]
    public static partial void SetFontOptions(nint context, nint options);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_context")]
    public static partial nint ContextOf(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_layout_context_changed")]
    public static partial void ContextChanged(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_context_set_round_glyph_positions")]
    public static partial void RoundGlyphPositions(nint context, [MarshalAs(UnmanagedType.Bool)] bool round);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetText(nint layout, string text, int length);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_font_description")]
    public static partial void SetFont(nint layout, nint description);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_width")]
    public static partial void SetWidth(nint layout, int width);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_height")]
    public static partial void SetHeight(nint layout, int height);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_wrap")]
    public static partial void SetWrap(nint layout, int wrap);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_ellipsize")]
    public static partial void SetEllipsize(nint layout, int mode);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_alignment")]
    public static partial void SetAlignment(nint layout, int alignment);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_size")]
    public static partial void GetSize(nint layout, out int width, out int height);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_baseline")]
    public static partial int Baseline(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_unknown_glyphs_count")]
    public static partial int UnknownGlyphs(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_font_description_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FontFrom(string text);

    [LibraryImport(Library, EntryPoint = "pango_font_description_free")]
    public static partial void FreeFont(nint description);

    [LibraryImport(Library, EntryPoint = "pango_attr_list_new")]
    public static partial nint CreateAttributes();

    [LibraryImport(Library, EntryPoint = "pango_attr_list_insert")]
    public static partial void Insert(nint list, nint attribute);

    [LibraryImport(Library, EntryPoint = "pango_attr_list_unref")]
    public static partial void ReleaseAttributes(nint list);

    [LibraryImport(Library, EntryPoint = "pango_attr_family_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FamilyAttribute(string family);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_attributes")]
    public static partial void SetAttributes(nint layout, nint list);

    [LibraryImport("libgobject-2.0.so.0", EntryPoint = "g_object_unref")]
    public static partial void Release(nint instance);
}
