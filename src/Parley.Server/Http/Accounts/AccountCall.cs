using System.Text.Json;

namespace Parley.Server.Http.Accounts;

/// <summary>Body of a request about an account: what the method takes of it.</summary>
internal sealed record AccountCall(
    string? Account = null, string? Password = null, string? Email = null, string? Invitation = null, string? Code = null, long Device = 0, string? Name = null, bool All = false,
    string? Id = null, JsonElement Response = default, long Passkey = 0, string? NewPassword = null, string? Hash = null);
