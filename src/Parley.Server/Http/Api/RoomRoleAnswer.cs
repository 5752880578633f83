namespace Parley.Server.Http.Api;

/// <summary>A role of an account in a registered channel.</summary>
internal sealed record RoomRoleAnswer(string AccountName, string Role, DateTimeOffset Since);
