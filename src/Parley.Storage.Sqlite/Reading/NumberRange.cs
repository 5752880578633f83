namespace Parley.Storage.Sqlite.Reading;

/// <summary>Numbers of a room that are side by side.</summary>
/// <param name="After">All of them are above this one.</param>
/// <param name="Before">All of them are below this one.</param>
internal readonly record struct NumberRange(long After, long Before);
