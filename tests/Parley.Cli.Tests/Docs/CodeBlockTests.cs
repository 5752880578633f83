using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Parley.Cli.Tests.Docs;

/// <summary>Every block of C# in the pages compiles, as a program of its own.</summary>
/// <remarks>A block that goes on from something says what from in a comment before it, which readers do not see: <c>&lt;!-- csharp: code --&gt;</c>.</remarks>
public sealed class CodeBlockTests
{
    private const string Preamble = "<!-- csharp:";

    // Those of Microsoft.NET.Sdk.Web, which is what people who embed a server have.
    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Net.Http.Json", "System.Threading", "System.Threading.Tasks",
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    // What these tests run with: the framework, ASP.NET Core, and all of Parley.
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static string Repository => FindRepository();

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository, "README.md"))
            .Where(page => File.ReadLines(page).Any(IsStart))
            .Select(page => Path.GetRelativePath(Repository, page)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_code_of_a_page_compiles(string page)
    {
        (int Line, string Code)[] blocks = [.. Blocks(File.ReadAllLines(Path.Combine(Repository, page)))];
        Assert.NotEmpty(blocks);
        Assert.Empty(blocks.SelectMany(block => Errors(block.Code).Select(error => $"{page}:{block.Line}: {error}")));
    }

    [Fact]
    public void Code_that_does_not_compile_is_found() => Assert.NotEmpty(Errors("ServerLineKind kind = 0;"));

    private static IEnumerable<string> Errors(string code)
    {
        string usings = string.Concat(ImplicitUsings.Select(name => $"global using {name};\n"));
        CSharpParseOptions language = new(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            "Page",
            [CSharpSyntaxTree.ParseText(usings, language), CSharpSyntaxTree.ParseText(code, language)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return compilation.GetDiagnostics().Where(each => each.Severity == DiagnosticSeverity.Error).Select(each => each.ToString());
    }

    private static IEnumerable<(int Line, string Code)> Blocks(string[] lines)
    {
        var before = new StringBuilder();
        for (int at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith(Preamble, StringComparison.Ordinal))
            {
                before.Clear();
                before.AppendLine(lines[at][Preamble.Length..].Replace("-->", "", StringComparison.Ordinal));
                while (!lines[at].Contains("-->", StringComparison.Ordinal))
                {
                    before.AppendLine(lines[++at].Replace("-->", "", StringComparison.Ordinal));
                }
            }
            else if (IsStart(lines[at]))
            {
                int start = at + 1;
                int end = Array.FindIndex(lines, start, line => line.StartsWith("```", StringComparison.Ordinal));
                // Usings first, wherever they stand.
                string[] code = [.. before.ToString().Split('\n'), .. lines[start..end]];
                yield return (start, string.Join('\n', code.Where(IsUsing).Concat(code.Where(line => !IsUsing(line)))));
                before.Clear();
                at = end;
            }
        }
    }

    private static bool IsUsing(string line) => line.TrimStart() is var code && code.StartsWith("using ", StringComparison.Ordinal)
        && code.TrimEnd().EndsWith(';') && !code.Contains('=') && !code.Contains('(');

    private static bool IsStart(string line) => line.StartsWith("```csharp", StringComparison.Ordinal) || line.StartsWith("```cs ", StringComparison.Ordinal) || line == "```cs";

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("These tests run in the repository");
    }
}
