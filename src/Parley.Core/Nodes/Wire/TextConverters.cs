using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Core.Nodes.Wire;

/// <summary>Room names as text; one that is none arrives as the empty name.</summary>
internal sealed class RoomNameConverter : JsonConverter<RoomName>
{
    public override RoomName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => RoomName.TryParse(reader.GetString(), out var name) ? name : default;

    public override void Write(Utf8JsonWriter writer, RoomName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>User names as text; one that is none arrives as the empty name.</summary>
internal sealed class UserNameConverter : JsonConverter<UserName>
{
    public override UserName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => UserName.TryParse(reader.GetString(), out var name) ? name : default;

    public override void Write(Utf8JsonWriter writer, UserName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>Identities as they are kept.</summary>
internal sealed class IdentityConverter : JsonConverter<Identity>
{
    public override Identity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Identity.Restore(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Identity value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
