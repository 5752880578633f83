using System.IO.Compression;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>The packages for applications install in a project that knows nothing of this repository, and do what docs/embedding.md says.</summary>
[Collection(nameof(Alone))]
public sealed class PackageTests
{
    private static readonly string[] Packages = ["Parley.Core", "Parley.Protocol", "Parley.Storage.Sqlite", "Parley.Storage.PostgreSql", "Parley.Storage.Files", "Parley.Client", "Parley.Server"];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact(Timeout = 10 * 60_000)]
    public async Task An_application_of_its_own_hosts_chat_with_what_is_packed()
    {
        Programs.Need("dotnet");
        using TemporaryFolder folder = new();
        string feed = Path.Combine(folder.Path, "feed");
        await PackAsync(folder.Path, feed);
        Assert.All(Packages, name => Check(feed, name));
        string version = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(feed, "Parley.Server.*.nupkg")))["Parley.Server.".Length..];
        string shop = Path.Combine(folder.Path, "shop");
        Directory.CreateDirectory(shop);
        File.Copy(Path.Combine(ParleyBinary.Repository, "samples", "Parley.Samples.Embedded", "Program.cs"), Path.Combine(shop, "Program.cs"));
        await File.WriteAllTextAsync(Path.Combine(shop, "UsesTheOthers.cs"), "internal static class UsesTheOthers { public static readonly object Types = (typeof(Parley.Client.ParleyClient), typeof(Parley.Storage.Sqlite.SqliteHistoryStore), typeof(Parley.Storage.PostgreSql.PostgreSqlHistoryStore), typeof(Parley.Storage.Files.DiskFileStore)); }\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(shop, "Shop.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Parley.Server" Version="{version}" />
                <PackageReference Include="Parley.Client" Version="{version}" />
                <PackageReference Include="Parley.Storage.Sqlite" Version="{version}" />
                <PackageReference Include="Parley.Storage.PostgreSql" Version="{version}" />
                <PackageReference Include="Parley.Storage.Files" Version="{version}" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);

        (int exitCode, string said) = await FreshRoot.RunAsync(
            "env",
            [
                // A folder of its own: what another test or person has installed does not count. Nothing that builds runs on behind it.
                $"NUGET_PACKAGES={Path.Combine(folder.Path, "packages")}", "MSBUILDDISABLENODEREUSE=1",
                "dotnet", "build", Path.Combine(shop, "Shop.csproj"), "-v", "quiet", "-nologo", "-p:UseSharedCompilation=false", "-o", Path.Combine(shop, "out"),
            ],
            Limit);

        Assert.SkipWhen(exitCode != 0 && said.Contains("NU1301", StringComparison.Ordinal), "the feed of packages is not reachable, so nothing that Parley needs can be installed");
        Assert.True(exitCode == 0, said);
        await EmbeddedSampleTests.ServesAsync(Path.Combine(shop, "out", "Shop"));
    }

    /// <summary>Packs what was built, as <c>eng/release nuget</c> does, in one go.</summary>
    private static async Task PackAsync(string folder, string feed)
    {
        string project = Path.Combine(folder, "pack.proj");
        string projects = string.Join(';', Packages.Select(name => Path.Combine(ParleyBinary.Repository, "src", name, name + ".csproj")));
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{projects}" Targets="Pack" Properties="Configuration={ParleyBinary.Configuration};NoBuild=true;PackageOutputPath={feed};IncludeSymbols=true;SymbolPackageFormat=snupkg" />
              </Target>
            </Project>
            """, TestContext.Current.CancellationToken);
        await FreshRoot.MustAsync("dotnet", ["msbuild", project, "-t:Pack", "-v:quiet", "-nologo", "-nodeReuse:false"], Limit);
    }

    /// <summary>A package has a page, a license, the documentation of its types, and symbols beside it.</summary>
    private static void Check(string feed, string name)
    {
        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(feed, name + ".*.nupkg")));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("README.md", files);
        Assert.Contains($"lib/net10.0/{name}.dll", files);
        Assert.Contains($"lib/net10.0/{name}.xml", files);
        using StreamReader about = new(package.GetEntry(name + ".nuspec")!.Open());
        string nuspec = about.ReadToEnd();
        Assert.Contains("<license type=\"expression\">MIT</license>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<readme>README.md</readme>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<repository type=\"git\"", nuspec, StringComparison.Ordinal);
        using ZipArchive symbols = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(feed, name + ".*.snupkg")));
        Assert.Contains($"lib/net10.0/{name}.pdb", symbols.Entries.Select(entry => entry.FullName));
    }
}
