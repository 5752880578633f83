using SkiaSharp;

namespace Parley.Storage.Files.Tests;

/// <summary>The native code that draws strangers' pictures is current: a fix for a crafted one is of no use in a newer version.</summary>
public sealed class NativeLibraryTests
{
    [Fact]
    public void Skia_is_less_than_a_year_old()
    {
        // A milestone of Skia is one of Chromium, and there is one every four weeks: https://chromiumdash.appspot.com/schedule.
        var milestone = SkiaSharpVersion.Native.Major > 4 ? SkiaSharpVersion.Native.Major : SkiaSharpVersion.Native.Minor;
        var released = new DateTimeOffset(2023, 12, 5, 0, 0, 0, TimeSpan.Zero).AddDays(28 * (milestone - 120));

        Assert.True(
            TimeProvider.System.GetUtcNow() - released < TimeSpan.FromDays(366), $"Skia {milestone} is of about {released:yyyy-MM}: raise SkiaSharp in Directory.Packages.props");
    }

    [Fact]
    public void Every_native_library_that_is_shipped_has_an_age_test()
    {
        var shipped = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "runtimes"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "native")
            .Select(file => Path.GetFileName(file).Split('.')[0] is var name && name.StartsWith("lib", StringComparison.Ordinal) ? name[3..] : name)
            .Distinct();

        Assert.Equal(["SkiaSharp"], shipped);
    }
}
