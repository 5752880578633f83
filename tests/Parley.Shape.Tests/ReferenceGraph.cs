using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Parley.Shape.Tests;

/// <summary>Files of which one names a type that the other declares, as the compiler looks names up: a property named like a type is no reference.</summary>
/// <remarks>Comments refer to nothing here, and neither does a member that is used without its type being named.</remarks>
internal sealed class ReferenceGraph
{
    private readonly Dictionary<string, SortedSet<string>> _files;

    private ReferenceGraph(Dictionary<string, SortedSet<string>> files) => _files = files;

    /// <summary>Of each file, the files that it refers to.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> Files => _files;

    /// <summary>Of each folder, the folders that its files refer to.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> Folders()
    {
        var folders = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (from, targets) in _files)
        {
            foreach (var to in targets.Where(to => FolderOf(to) != FolderOf(from)))
            {
                Of(folders, FolderOf(from)).Add(FolderOf(to));
            }
        }

        return folders;
    }

    /// <summary>An example of what makes one folder refer to another: a file of each.</summary>
    public (string From, string To) Example(string fromFolder, string toFolder)
        => (from pair in _files
            where FolderOf(pair.Key) == fromFolder
            from to in pair.Value
            where FolderOf(to) == toFolder
            select (pair.Key, to)).First();

    public static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    /// <summary>Looks up the names in sources.</summary>
    public static ReferenceGraph Of(IReadOnlyCollection<SourceFile> sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None);
        var trees = sources.AsParallel().Select(source => CSharpSyntaxTree.ParseText(source.Text, options, source.Path)).ToArray();
        var compilation = CSharpCompilation.Create(
            "All", [.. trees, CSharpSyntaxTree.ParseText(Implicit, options)], Libraries(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var declared = trees
            .SelectMany(tree => tree.GetRoot().DescendantNodes(node => node is not BlockSyntax).OfType<MemberDeclarationSyntax>())
            .Select(NameOf)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var found = trees.AsParallel().Select(tree => (tree.FilePath, Targets: TargetsOf(tree, compilation, declared))).ToArray();
        return new(found.ToDictionary(file => file.FilePath, file => file.Targets, StringComparer.Ordinal));
    }

    private const string Implicit =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;"
        + "global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>What the parts refer to is beside this test, but the parts themselves, which are compiled here.</summary>
    private static IEnumerable<MetadataReference> Libraries()
        => from file in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
           let name = Path.GetFileNameWithoutExtension(file)
           where name != "parley" && !name.StartsWith("Parley.", StringComparison.Ordinal)
           select MetadataReference.CreateFromFile(file);

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };

    private static SortedSet<string> TargetsOf(SyntaxTree tree, CSharpCompilation compilation, HashSet<string> declared)
    {
        var model = compilation.GetSemanticModel(tree);
        var targets = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => declared.Contains(name.Identifier.ValueText) && !IsMember(name)))
        {
            targets.UnionWith(Find(model, name).OfType<INamedTypeSymbol>().SelectMany(type => type.DeclaringSyntaxReferences).Select(reference => reference.SyntaxTree.FilePath));
        }

        targets.Remove(tree.FilePath);
        return targets;
    }

    /// <summary>True if a name is that of a member by its place alone: in an initializer, a pattern, or before a colon.</summary>
    private static bool IsMember(SimpleNameSyntax name) => name.Parent is NameColonSyntax or ExpressionColonSyntax or NameEqualsSyntax
        || (name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment && assignment.Left == name);

    /// <summary>
    /// Returns what a name may mean where it stands. Expressions are not bound, which would take the better part of a build: what stands before a
    /// dot is looked up in the same way, and only namespaces and types have types inside.
    /// </summary>
    private static IEnumerable<ISymbol> Find(SemanticModel model, SimpleNameSyntax name)
    {
        var word = name.Identifier.ValueText;
        INamespaceOrTypeSymbol? container = null;
        if (Before(name) is { } before)
        {
            container = Rightmost(before) is { } left ? Find(model, left).OfType<INamespaceOrTypeSymbol>().FirstOrDefault() : null;
            if (container is null)
            {
                return [];
            }
        }

        var found = SyntaxFacts.IsInTypeOnlyContext(name)
            ? model.LookupNamespacesAndTypes(name.SpanStart, container, word)
            : model.LookupSymbols(name.SpanStart, container, word);
        if (found.IsEmpty && name.Parent is AttributeSyntax)
        {
            found = model.LookupNamespacesAndTypes(name.SpanStart, container, word + "Attribute");
        }

        return found.Select(symbol => symbol is IAliasSymbol alias ? alias.Target : symbol);
    }

    private static SyntaxNode? Before(SimpleNameSyntax name) => name.Parent switch
    {
        QualifiedNameSyntax qualified when qualified.Right == name => qualified.Left,
        MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
        MemberBindingExpressionSyntax binding => binding,
        _ => null,
    };

    private static SimpleNameSyntax? Rightmost(SyntaxNode node) => node switch
    {
        SimpleNameSyntax name => name,
        QualifiedNameSyntax qualified => qualified.Right,
        MemberAccessExpressionSyntax access => access.Name,
        _ => null,
    };

    private static SortedSet<string> Of(Dictionary<string, SortedSet<string>> graph, string node)
    {
        if (!graph.TryGetValue(node, out var targets))
        {
            graph.Add(node, targets = new SortedSet<string>(StringComparer.Ordinal));
        }

        return targets;
    }
}
