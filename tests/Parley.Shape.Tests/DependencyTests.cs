using System.Xml.Linq;

namespace Parley.Shape.Tests;

public sealed class DependencyTests
{
    public static TheoryData<string> Parts => [.. Repository.Parts];

    [Fact]
    public void Protocol_references_nothing_but_the_runtime_and_knows_neither_sockets_nor_tasks() =>
        Assert.Empty(Violations("Parley.Protocol"));

    [Fact]
    public void Core_references_nothing_of_ours_and_knows_neither_sockets_nor_files_nor_SQL_nor_ASP_NET() =>
        Assert.Empty(Violations("Parley.Core"));

    [Fact]
    public void Server_never_references_a_database() => Assert.Empty(Violations("Parley.Server"));

    [Fact]
    public void Client_never_references_Server_nor_Core() => Assert.Empty(Violations("Parley.Client"));

    [Fact]
    public void Cli_composes_the_server_and_the_client()
    {
        PartReferences references = Declared("Parley.Cli");
        Assert.Contains("Parley.Server", references.Parts);
        Assert.Contains("Parley.Client", references.Parts);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Each_part_of_src_has_a_rule_and_keeps_it(string part)
    {
        Assert.True(PartRule.All.ContainsKey(part), $"{part} has no line in PartRule.All: what may it refer to?");
        Assert.Empty(Violations(part));
    }

    [Fact]
    public void No_part_references_the_executable_that_composes_it() =>
        Assert.DoesNotContain(
            Repository.Parts.Where(part => part != "Parley.Cli"),
            part => Declared(part).Parts.Concat(Compiled(part).Parts).Contains("Parley.Cli"));

    // ---- The rules can fail ----

    [Theory]
    [InlineData("Parley.Protocol", """<ProjectReference Include="..\Parley.Core\Parley.Core.csproj" />""")]
    [InlineData("Parley.Protocol", """<PackageReference Include="FSharp.Core" />""")]
    [InlineData("Parley.Core", """<ProjectReference Include="../Parley.Protocol/Parley.Protocol.csproj" />""")]
    [InlineData("Parley.Core", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""")]
    [InlineData("Parley.Core", """<PackageReference Include="Microsoft.Data.Sqlite.Core" />""")]
    [InlineData("Parley.Server", """<PackageReference Include="Microsoft.Data.Sqlite.Core" />""")]
    [InlineData("Parley.Server", """<ProjectReference Include="../Parley.Storage.Sqlite/Parley.Storage.Sqlite.csproj" />""")]
    [InlineData("Parley.Client", """<ProjectReference Include="../Parley.Server/Parley.Server.csproj" />""")]
    [InlineData("Parley.Client", """<ProjectReference Include="../Parley.Core/Parley.Core.csproj" />""")]
    public void A_forbidden_reference_in_a_project_file_is_found(string part, string reference)
    {
        var project = XDocument.Parse($"<Project><ItemGroup>{reference}</ItemGroup></Project>");
        Assert.NotEmpty(PartRule.All[part].Violations(PartReferences.OfProject(part, project)));
    }

    [Theory]
    [InlineData("Parley.Protocol", "System.Threading.Tasks.Task")]
    [InlineData("Parley.Protocol", "System.Net.Sockets.Socket")]
    [InlineData("Parley.Core", "System.Net.Sockets.Socket")]
    [InlineData("Parley.Core", "System.Data.Common.DbConnection")]
    [InlineData("Parley.Core", "System.IO.File")]
    [InlineData("Parley.Server", "Microsoft.Data.Sqlite.SqliteConnection")]
    public void A_forbidden_type_in_an_assembly_is_found(string part, string type) =>
        Assert.NotEmpty(PartRule.All[part].Violations(new PartReferences(part, [], [], [type])));

    [Fact]
    public void A_name_that_only_begins_like_a_forbidden_one_is_allowed() =>
        Assert.Empty(PartRule.All["Parley.Protocol"]
            .Violations(new PartReferences("Parley.Protocol", [], [], ["System.Threading.TasksOfOurs.Thing"])));

    [Fact]
    public async Task What_an_assembly_uses_is_seen_in_its_metadata()
    {
        // The awaited task of this very method is in the code of this very assembly, and nowhere in a signature.
        await Task.CompletedTask;
        var references = PartReferences.OfAssembly(typeof(DependencyTests).Assembly.Location);
        Assert.Contains("System.Threading.Tasks.Task", references.Types);
        Assert.Contains("xunit.v3.assert", references.Libraries);
    }

    private static IEnumerable<string> Violations(string part)
    {
        PartRule rule = PartRule.All[part];
        return rule.Violations(Declared(part)).Concat(rule.Violations(Compiled(part)));
    }

    private static PartReferences Declared(string part)
    {
        string file = Repository.ProjectFileOf(part);
        return PartReferences.OfProject(Path.GetFileName(file), XDocument.Load(file));
    }

    private static PartReferences Compiled(string part) => PartReferences.OfAssembly(
        Path.Combine(AppContext.BaseDirectory, PartReferences.AssemblyNameOf(part) + ".dll"));
}
