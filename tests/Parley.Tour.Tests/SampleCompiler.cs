using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Parley.Tour.Tests;

/// <summary>
/// Compiles a sample as `dotnet run` does, in this process: a build of its own for each of them takes seconds, this takes
/// a moment. That `dotnet run` itself works is shown with a few of them in <see cref="DotnetRunTests"/>.
/// </summary>
internal static class SampleCompiler
{
    /// <summary>The assemblies that a sample may refer to, by the directive that does so.</summary>
    private static readonly Dictionary<string, string> Libraries = new(StringComparer.Ordinal)
    {
        ["#:project ../../src/Parley.Net/Parley.Net.csproj"] = typeof(Net.Pipelines.ParallelSourceExtensions).Assembly.Location,
        ["#:project ../Parley.Tour/Parley.Tour.csproj"] = typeof(BorrowException).Assembly.Location,
    };

    /// <summary>What `dotnet run` allows a sample to say; whoever needs more teaches it to this compiler first.</summary>
    public static IReadOnlyList<string> KnownDirectives { get; } =
        ["#:property PublishAot=false", .. Libraries.Keys];

    private static readonly CSharpParseOptions Parsing =
        new CSharpParseOptions().WithFeatures([KeyValuePair.Create("FileBasedProgram", "true")]);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.ConsoleApplication,
        nullableContextOptions: NullableContextOptions.Enable,
        generalDiagnosticOption: ReportDiagnostic.Error);

    private static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(
        string.Concat(new[]
            {
                "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
                "System.Threading.Tasks",
            }
            .Select(name => $"global using {name};\n")),
        Parsing);

    private static readonly MetadataReference[] Runtime =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(IsManaged)
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>Writes the program into the folder, with all it needs to run; the result is its path.</summary>
    public static string Compile(Sample sample, string folder)
    {
        string[] libraries = [.. sample.Directives.Where(Libraries.ContainsKey).Select(line => Libraries[line])];
        var compilation = CSharpCompilation.Create(
            sample.Name,
            [CSharpSyntaxTree.ParseText(sample.Text, Parsing, sample.Path), ImplicitUsings],
            [.. Runtime, .. libraries.Select(file => MetadataReference.CreateFromFile(file))],
            Options);

        string program = Path.Combine(folder, sample.Name + ".dll");
        using (FileStream stream = File.Create(program))
        {
            EmitResult result = compilation.Emit(stream);
            // Hints in the editor only, such as a `using` too many, are no errors in a build either.
            Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }

        foreach (string library in libraries)
        {
            File.Copy(library, Path.Combine(folder, Path.GetFileName(library)));
        }

        File.Copy(
            Path.ChangeExtension(typeof(SampleCompiler).Assembly.Location, ".runtimeconfig.json"),
            Path.ChangeExtension(program, ".runtimeconfig.json"));
        return program;
    }

    private static bool IsManaged(string file)
    {
        using var assembly = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return assembly.HasMetadata;
    }
}
