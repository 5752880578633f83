using System.Globalization;
using SQLitePCL;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>The native code that Parley ships is current: a fix for a damaged file is of no use in a newer version.</summary>
public sealed class NativeLibraryTests
{
    /// <summary>Native libraries that have an age test here, by the name of the file without its ending.</summary>
    private static readonly string[] Known = ["e_sqlite3"];

    static NativeLibraryTests() => Batteries_V2.Init();

    [Fact]
    public void SQLite_is_the_version_that_the_package_promises()
        => Assert.True(
            new Version(raw.sqlite3_libversion().utf8_to_string()) >= new Version(3, 53, 0),
            $"SQLite {raw.sqlite3_libversion().utf8_to_string()} is loaded: versions before 3.51.3 can damage a file that two programs write");

    [Fact]
    public void SQLite_is_less_than_a_year_old()
    {
        // "2026-09-13 12:00:00 <hash>": when the source was checked in.
        var source = raw.sqlite3_sourceid().utf8_to_string();
        var age = TimeProvider.System.GetUtcNow() - DateTimeOffset.Parse(source[..19], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        Assert.True(
            age < TimeSpan.FromDays(366),
            $"SQLite {raw.sqlite3_libversion().utf8_to_string()} is of {source[..10]}: raise SQLitePCLRaw.bundle_e_sqlite3 in Directory.Packages.props");
    }

    [Fact]
    public void Every_native_library_that_is_shipped_has_an_age_test()
    {
        var runtimes = Path.Combine(AppContext.BaseDirectory, "runtimes");
        var shipped = Directory.EnumerateFiles(runtimes, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "native")
            .Select(file => Path.GetFileName(file).Split('.')[0] is var name && name.StartsWith("lib", StringComparison.Ordinal) ? name[3..] : name)
            .Distinct();

        Assert.Equal(Known, shipped);
    }
}
