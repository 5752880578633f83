using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Web;

/// <summary>
/// The files of the web page, which are part of the program. Most are under an address that has the hash of all of them in
/// it, so that they may be kept for ever: a file that another imports is always of the same version. The few that have an
/// address of their own refer to the others by <c>"./</c>, which works as it is where the folder is served as it is.
/// </summary>
internal sealed class WebAssets
{
    /// <summary>Prefix that the project file puts before the names of these files in the program.</summary>
    private const string Prefix = "web/";

    private static readonly string[] Templates = ["index.html", "manifest.webmanifest", "service-worker.js"];

    private readonly FrozenDictionary<string, WebAsset> _files;

    /// <summary>The files of this program.</summary>
    public WebAssets()
        : this(ReadAll())
    {
    }

    /// <param name="files">Contents by path.</param>
    internal WebAssets(SortedDictionary<string, byte[]> files)
    {
        Version = Hash(files);
        var statics = files.Where(file => !Templates.Contains(file.Key, StringComparer.Ordinal)).ToList();
        _files = statics.ToFrozenDictionary(file => file.Key, file => new WebAsset(file.Key, file.Value), StringComparer.Ordinal);
        Page = Fill("index.html", files);
        Manifest = Fill("manifest.webmanifest", files);
        ServiceWorker = Fill("service-worker.js", files);
    }

    /// <summary>The hash of all files, in hexadecimal digits.</summary>
    public string Version { get; }

    /// <summary>The page itself.</summary>
    public WebAsset Page { get; }

    /// <summary>Manifest with the name and the look of the page as an app.</summary>
    public WebAsset Manifest { get; }

    /// <summary>Service worker, which keeps the page on a device.</summary>
    public WebAsset ServiceWorker { get; }

    /// <summary>A static file by its path; null if there is none.</summary>
    public WebAsset? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>Reads the files of this program: contents by path.</summary>
    internal static SortedDictionary<string, byte[]> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            files.Add(name[Prefix.Length..].Replace('\\', '/'), content);
        }

        return files;
    }

    private static string Hash(SortedDictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{content.Length}\n"));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private WebAsset Fill(string name, SortedDictionary<string, byte[]> files)
    {
        var root = "app/" + Version;
        var paths = _files.Keys.Order(StringComparer.Ordinal).Select(path => $"{root}/{path}").ToList();

        // All modules that the first message needs: else the browser learns of one only from the one that imports it, a round trip
        // each. What a module fetches later, by import(), waits.
        var head = ModuleImports.AllOf("main.js", files).Select(path => $"<link rel=\"modulepreload\" href=\"{root}/{path}\">")
            .Append("<meta name=\"service-worker\" content=\"service-worker.js\">");
        var text = Encoding.UTF8.GetString(files[name])
            .Replace("\"./", $"\"{root}/", StringComparison.Ordinal)
            .Replace("<!-- {{head}} -->", string.Join("\n  ", head), StringComparison.Ordinal)
            .Replace("{{version}}", Version, StringComparison.Ordinal)
            .Replace("{{files}}", string.Join(' ', paths), StringComparison.Ordinal);
        return new WebAsset(name, Encoding.UTF8.GetBytes(text));
    }
}
