'use strict';

// Web Chat takes its colours as values, so the page's custom properties are read for it.
window.pageLook = () => {
  const style = getComputedStyle(document.documentElement);
  const value = name => style.getPropertyValue(name).trim();
  return {
    primaryFont: value('--font'),
    backgroundColor: 'transparent',
    accent: value('--accent'),
    subtle: value('--quiet'),
    rootHeight: '100%',
    rootWidth: '100%',
    paddingRegular: 12,
    bubbleBackground: value('--bot'),
    bubbleTextColor: value('--text'),
    bubbleBorderWidth: 0,
    bubbleBorderRadius: 16,
    bubbleNubSize: 0,
    bubbleMaxWidth: 560,
    bubbleFromUserBackground: value('--accent'),
    bubbleFromUserTextColor: value('--on-accent'),
    bubbleFromUserBorderWidth: 0,
    bubbleFromUserBorderRadius: 16,
    bubbleFromUserNubSize: 0,
    groupTimestamp: 300000,
    timestampColor: value('--quiet'),
    hideUploadButton: true,
    sendBoxBackground: value('--field'),
    sendBoxTextColor: value('--text'),
    sendBoxPlaceholderColor: value('--quiet'),
    sendBoxButtonColor: value('--accent'),
    sendBoxButtonColorOnHover: value('--accent'),
    sendBoxButtonColorOnActive: value('--accent'),
    sendBoxButtonShadeColorOnHover: 'transparent',
    sendBoxButtonShadeColorOnActive: 'transparent',
    sendBoxButtonColorOnDisabled: value('--quiet'),
    sendBoxBorderTop: '0',
    sendBoxHeight: 48,
    suggestedActionBorderRadius: 16,
    suggestedActionBackgroundColor: 'transparent',
    suggestedActionTextColor: value('--accent'),
    suggestedActionBorderColor: value('--accent'),
    suggestedActionLayout: 'flow',
    scrollToEndButtonBehavior: 'any',
    connectivityTextSize: '0',
  };
};
