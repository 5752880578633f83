namespace Parley.Core.Rooms;

/// <summary>A mask on one of a room's lists.</summary>
/// <param name="Mask">Whom it is about: <c>name!ident@host</c> with <c>*</c> and <c>?</c>, or an extended one.</param>
/// <param name="SetBy">Who put it there.</param>
/// <param name="Time">When, UTC.</param>
public sealed record MaskEntry(string Mask, string SetBy, DateTimeOffset Time);
