#:property PublishAot=false
#:property RunAnalyzers=false

// Writes a bill of materials (CycloneDX 1.6) of the packages that a restored project uses.
//
//   dotnet run --file eng/packaging/Sbom.cs -- project.assets.json VERSION EPOCH > parley.cdx.json

using System.Text.Encodings.Web;
using System.Text.Json;

if (args is not [string assets, string version, string epoch])
{
    Console.Error.WriteLine("usage: Sbom.cs ASSETS VERSION EPOCH");
    return 2;
}

using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(assets));
using Stream output = Console.OpenStandardOutput();
using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
json.WriteStartObject();
json.WriteString("bomFormat", "CycloneDX");
json.WriteString("specVersion", "1.6");
json.WriteNumber("version", 1);
json.WriteStartObject("metadata");
json.WriteString("timestamp", DateTimeOffset.FromUnixTimeSeconds(long.Parse(epoch, System.Globalization.CultureInfo.InvariantCulture)));
json.WriteStartObject("component");
json.WriteString("type", "application");
json.WriteString("name", "parley");
json.WriteString("version", version);
json.WriteEndObject();
json.WriteEndObject();
json.WriteStartArray("components");
foreach (JsonProperty library in document.RootElement.GetProperty("libraries").EnumerateObject().OrderBy(library => library.Name, StringComparer.Ordinal))
{
    if (library.Value.GetProperty("type").GetString() != "package")
    {
        continue;
    }

    string[] name = library.Name.Split('/');
    json.WriteStartObject();
    json.WriteString("type", "library");
    json.WriteString("name", name[0]);
    json.WriteString("version", name[1]);
    json.WriteString("purl", $"pkg:nuget/{name[0]}@{name[1]}");
    json.WriteStartArray("hashes");
    json.WriteStartObject();
    json.WriteString("alg", "SHA-512");
    json.WriteString("content", Convert.ToHexStringLower(Convert.FromBase64String(library.Value.GetProperty("sha512").GetString()!)));
    json.WriteEndObject();
    json.WriteEndArray();
    json.WriteEndObject();
}

json.WriteEndArray();
json.WriteEndObject();
return 0;
