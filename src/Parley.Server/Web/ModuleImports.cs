using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Server.Web;

/// <summary>Imports of the page's modules, as their first lines declare them.</summary>
internal static partial class ModuleImports
{
    /// <summary>
    /// A module, and all that it imports, directly or through others, in the order in which they are run. What is fetched by
    /// <c>import()</c> is none of it.
    /// </summary>
    /// <param name="main">Path of the module.</param>
    /// <param name="files">Contents by path.</param>
    public static IReadOnlyList<string> AllOf(string main, IReadOnlyDictionary<string, byte[]> files)
    {
        List<string> all = [];
        HashSet<string> seen = [];
        Add(main);
        return all;

        void Add(string path)
        {
            if (!seen.Add(path))
            {
                return;
            }

            foreach (Match import in Import.Matches(Encoding.UTF8.GetString(files[path])))
            {
                Add(Resolve(path, import.Groups["path"].Value));
            }

            all.Add(path);
        }
    }

    [GeneratedRegex("""^(?:import|export) [^;'"]* from '(?<path>\.[^']+)';""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Import { get; }

    private static string Resolve(string importer, string path)
        => new Uri(new Uri("file:///" + importer), path).AbsolutePath[1..];
}
