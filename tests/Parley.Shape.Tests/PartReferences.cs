using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Parley.Shape.Tests;

/// <summary>What one part refers to, as its project file declares it or as its compiled assembly does it.</summary>
/// <param name="Where">The file that was read.</param>
/// <param name="Parts">Parts of ours.</param>
/// <param name="Libraries">Packages, shared frameworks and assemblies that are not ours.</param>
/// <param name="Types">Full names of the types that signatures or code name.</param>
internal sealed record PartReferences(
    string Where,
    IReadOnlyList<string> Parts,
    IReadOnlyList<string> Libraries,
    IReadOnlyList<string> Types)
{
    public static PartReferences OfProject(string where, XDocument project) => new(
        where,
        [.. Included(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
        [.. Included(project, "PackageReference"), .. Included(project, "FrameworkReference")],
        []);

    /// <remarks>
    /// The compiler leaves out references that no code uses, and lists each type named anywhere, private members and
    /// method bodies too. So this sees what a project file hides (what comes with a package), and the other way round.
    /// </remarks>
    public static PartReferences OfAssembly(string file)
    {
        using var assembly = new PEReader(File.OpenRead(file));
        MetadataReader reader = assembly.GetMetadataReader();
        string[] names =
        [
            .. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)),
        ];
        string[] types =
        [
            .. reader.TypeReferences
                .Select(reader.GetTypeReference)
                .Select(type => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}"),
        ];
        return new(
            Path.GetFileName(file),
            [.. names.Where(IsOurs).Select(PartOf)],
            [.. names.Where(name => !IsOurs(name))],
            types);
    }

    /// <summary>The assembly's file name without extension: `parley` is the one that differs from its part's name.</summary>
    public static string AssemblyNameOf(string part) => part == "Parley.Cli" ? "parley" : part;

    private static string PartOf(string assembly) => assembly == "parley" ? "Parley.Cli" : assembly;

    private static bool IsOurs(string name) =>
        name == "parley" || name.StartsWith("Parley.", StringComparison.Ordinal);

    private static IEnumerable<string> Included(XDocument project, string item) =>
        project.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
