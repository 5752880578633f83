using System.Text.Json.Serialization;

namespace Parley.Storage.Files;

/// <summary>JSON of <see cref="AboutFile"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AboutFile))]
internal sealed partial class AboutFileJson : JsonSerializerContext;
