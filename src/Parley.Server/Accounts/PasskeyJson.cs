using System.Text.Json.Serialization;
using Fido2NetLib;

namespace Parley.Server.Accounts;

/// <summary>Answers of browsers about passkeys as JSON, without reflection.</summary>
[JsonSerializable(typeof(AuthenticatorAttestationRawResponse))]
[JsonSerializable(typeof(AuthenticatorAssertionRawResponse))]
internal sealed partial class PasskeyJson : JsonSerializerContext;
