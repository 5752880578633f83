namespace Parley.Core.Accounts;

/// <summary>Where an account's class of operators is kept: among its values, so that it goes with the account.</summary>
public static class OperatorClass
{
    /// <summary>The kind of the value.</summary>
    public const string Kind = "operator";

    /// <summary>The key of the value.</summary>
    public const string Key = "class";
}
